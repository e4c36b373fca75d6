{{ config(materialized='incremental', unique_key='hour') }}
select
    date_trunc('hour', event_time) as hour,
    platform,
    step,
    count(*) as events
from {{ weir_touched(ref('events'), "date_trunc('hour', event_time)") }} as events
group by all
