"""What people type: one module per command, each with ``main(arguments) -> exit code``.

Owns talking to a terminal, setting the environment up, and the processes of a server. Does not
own rules or actions: commands call those of the apps. A command that needs no Django loads none.
"""
