"""Where stewards enter meetings, decisions and actions, and set words beside computed statuses."""
