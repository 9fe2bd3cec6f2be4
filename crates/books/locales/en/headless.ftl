# The command line, in English.

headless-connected = Connected
headless-connected-do = You can close this page and go back to the terminal.
headless-again = Run the command again.
