"""What runs in the Jupyter server."""
