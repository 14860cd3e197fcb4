"""What leaves the pages: what each panel says, free of form, and every form it is handed out in."""
