"""Status pages for browsers without scripts, printers and screen readers: whole documents made on the server."""
