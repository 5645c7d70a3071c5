"""Every measurement and its goal, in the order of the table: the module that measures it, its name there, the goal."""

GOALS: tuple[tuple[str, str, str], ...] = (
    ("word", "draft_vs_docxtpl", ">= 20 x"),
    ("word", "draft_vs_floor", "<= 2.5 x"),
    ("starting", "import_seconds", "<= 2 s"),
    ("starting", "second_start_seconds", "<= 5 s"),
)
