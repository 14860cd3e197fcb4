"""The engines a warehouse can live on, one small file each."""
