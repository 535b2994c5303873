"""Prints, as JSON, what the accessibility bus (AT-SPI) of the session gives of one process: the tree that Orca reads."""
import json
import sys

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi  # noqa: E402

pid = int(sys.argv[1])
found = []


def read(thing):
    if thing is None:
        return
    found.append({'role': thing.get_role_name(), 'name': thing.get_name() or '', 'description': thing.get_description() or ''})
    for index in range(thing.get_child_count()):
        read(thing.get_child_at_index(index))


Atspi.init()
desktop = Atspi.get_desktop(0)
for index in range(desktop.get_child_count()):
    application = desktop.get_child_at_index(index)
    if application is not None and application.get_process_id() == pid:
        read(application)
print(json.dumps(found))
