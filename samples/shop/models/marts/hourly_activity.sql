select
    date_trunc('hour', event_time) as hour,
    platform,
    step,
    count(*) as events
from {{ ref('events') }}
group by all
