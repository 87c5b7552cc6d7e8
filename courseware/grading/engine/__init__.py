"""Where submissions run: a warm server, a process for each notebook, and the layers around it."""
