"""How a ledger of one version becomes one of the next."""
