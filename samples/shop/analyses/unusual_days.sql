-- Days that lie outside of what the same weekday had in the weeks before.
select
    day,
    measure,
    actual,
    round(expected, 1) as expected,
    round(lower_bound, 1) as lower_bound,
    round(upper_bound, 1) as upper_bound,
    round(score, 1) as deviations,
    direction
from anomalies
where is_anomaly
order by day desc, abs(score) desc
