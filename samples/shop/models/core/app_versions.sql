{{ config(materialized='incremental', unique_key='hour') }}
-- Which version of the app was seen in which hour.
select hour, platform, app_version, min(event_time) as first_seen, count(*) as events
from {{ weir_touched(ref('events'), 'hour') }} as events
where app_version is not null and not is_bot
group by hour, platform, app_version
