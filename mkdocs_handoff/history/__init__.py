"""What git knows of paths: last change, authors, changes since a point. Knows no records.

`history.history` is the way in, `store.folder` the place for its cache. Needs git 2.31 or later; with an older one all
answers are unknown, with what git said as the reason.

    git ─▶ repository ─▶ reading ─▶ log ─▶ store          what git says, and what is kept of it
                worktree · people · ignored · contents     what is true only today
                order ─▶ branch ─▶ history ─▶ facts        what is answered; coverage says what globs cover
"""

from __future__ import annotations
