"""Word going out: digests for members, alerts for those who keep the house; off until somebody says where to."""
