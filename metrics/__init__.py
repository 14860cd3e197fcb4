"""What is known: catalogue, agenda, warehouse and the questions a page may ask."""
