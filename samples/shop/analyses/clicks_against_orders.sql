-- Orders that clients saw, held against the order system: what trackers lose, day by day.
select
    day,
    matched,
    only_ordered,
    only_clicked,
    round(100.0 * matched / nullif(matched + only_ordered, 0), 1) as seen_percent
from click_reconciliation
order by day
