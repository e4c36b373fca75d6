{{ config(materialized='incremental', unique_key='hour') }}
select
    hour,
    platform,
    step,
    count(*) as events
from {{ weir_touched(ref('events'), 'hour') }} as events
where not is_bot
group by all
