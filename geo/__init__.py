"""Places and shapes of the Greater Bay Area; imports nothing of ours."""
