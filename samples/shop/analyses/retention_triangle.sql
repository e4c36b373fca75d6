-- Weekly cohorts side by side: of the customers whose first order fell into a week, the percent who ordered again so many weeks later. Running weeks are left out.
select
    cohort_week,
    max(customers) as customers,
    max(round(100.0 * active_customers / customers, 1)) filter (weeks_later = 1) as week_1,
    max(round(100.0 * active_customers / customers, 1)) filter (weeks_later = 2) as week_2,
    max(round(100.0 * active_customers / customers, 1)) filter (weeks_later = 3) as week_3,
    max(round(100.0 * active_customers / customers, 1)) filter (weeks_later = 4) as week_4,
    max(round(100.0 * active_customers / customers, 1)) filter (weeks_later = 8) as week_8,
    max(round(100.0 * active_customers / customers, 1)) filter (weeks_later = 12) as week_12
from retention_weekly
where is_complete
group by cohort_week
order by cohort_week
