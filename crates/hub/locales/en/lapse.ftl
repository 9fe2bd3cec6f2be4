# What the hub says where it fails itself.
lapse-failed = The hub itself failed here, not your bank, and nothing that it has is lost. You need not renew anything. Its operator finds the reason in the log; if it stays, tell them.
