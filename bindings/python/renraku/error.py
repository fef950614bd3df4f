"""The base of all exceptions that the library raises."""


class Error(Exception):
    """What happened, where, and what to do next; it never holds personal data.

    There is one subclass a kind of error (renraku.errors). `code` is its stable number, whose
    thousands are the command line's exit codes; `name` its stable English name; `message_ja` a
    Japanese sentence for users; `field` the input, column or file concerned, or empty.
    """

    code = 0
    name = "unknown"
    message_ja = "不明なエラーです。"

    def __init__(self, text: str = "", field: str = "") -> None:
        super().__init__(text)
        self.field = field
