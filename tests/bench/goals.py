"""Every measurement and its goal, in the order of the table: the module that measures it, its name there, the goal."""

GOALS: tuple[tuple[str, str, str], ...] = (
    ("word", "draft_vs_docxtpl", ">= 20 x"),
    ("word", "draft_vs_floor", "<= 2.5 x"),
    ("word", "batch_vs_docxtpl", ">= 30 x"),
    ("printing", "pdf_vs_one_by_one", ">= 3 x"),
    ("listing", "list_growth_550", "<= 1.2 x"),
    ("listing", "statements_per_page", "<= 7"),
    ("desk", "desk_statements_500", "<= 7"),
    ("desk", "desk_kilobytes_500", "<= 30 kB"),
    ("desk", "desk_500_vs_25", "<= 1.5 x"),
    ("telling", "fanout_vs_insert_select", "<= 8 x"),
    ("telling", "bells_for_22000", "<= 44"),
    ("reminding", "scan_vs_floor", "<= 2 x"),
    ("reminding", "reminders_set_vs_row", ">= 10 x"),
    ("paths", "path_vs_milp", ">= 10 x"),
    ("paths", "path_slowest_ms", "<= 50 ms"),
    ("paths", "path_shared_p95_ms", "<= 1000 ms"),
    ("paths", "path_usual_p95_ms", "<= 1000 ms"),
    ("paths", "path_page_p95_ms", "<= 3000 ms"),
    ("starting", "import_seconds", "<= 2 s"),
    ("starting", "second_start_seconds", "<= 5 s"),
)
