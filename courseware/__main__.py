"""``python -m courseware``"""

from courseware.cli import main

main()
