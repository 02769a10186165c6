"""The casebook as a library: it reads, checks and renders; it never prints, exits, or reads the clock or the network."""
