"""What can go wrong in a call: one class a cause. Faults of a form are findings, not exceptions."""


class PerfevalError(Exception):
    """Root of all errors raised on purpose. `exit_code` is what the command line answers."""

    exit_code = 3


class UsageError(PerfevalError):
    """The call itself is wrong: an unknown option value, code, region or configuration key."""

    exit_code = 2


class PolicyError(UsageError):
    """A policy file is missing, malformed, or does not know the region or year asked for."""


class PluginError(UsageError):
    """An installed plug-in is broken, or gives a code that is not its own."""


class UnreadableError(PerfevalError):
    """The file is no workbook that can be read (R001); the details say what it is instead."""

    def __init__(self, detail_zh: str, detail_en: str) -> None:
        super().__init__(detail_zh)
        self.detail_zh = detail_zh
        self.detail_en = detail_en


class EncryptedError(UnreadableError):
    """The file needs a password (R002)."""


class SourceChangedError(PerfevalError):
    """The source changed between reading and writing; nothing was written."""


class SchedulerError(PerfevalError):
    """The scheduler was lost while it worked; what was written until then is whole."""


class LedgerError(PerfevalError):
    """The ledger's database failed while it was read or written; its last transaction is undone."""
