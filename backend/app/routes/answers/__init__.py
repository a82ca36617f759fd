"""What answers contain, for the OpenAPI document.

Services build answers as plain dicts; these models describe them and are never run to make one.
The tests hold every answer that they get to its description.
"""
