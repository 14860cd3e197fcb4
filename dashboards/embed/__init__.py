"""A panel for another page: live, or frozen as known on a day, for the parents that the operator allows."""
