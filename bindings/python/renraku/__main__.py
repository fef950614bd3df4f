"""`python3 -m renraku`, and the command `renraku` of an installed package."""

import sys

from .command_line import main


def run() -> None:
    sys.exit(main(sys.argv[1:]))


if __name__ == "__main__":
    run()
