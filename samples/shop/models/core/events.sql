{{ config(materialized='incremental', unique_key=['_stream', '_position']) }}
-- Every event that landed, in one vocabulary. A visitor is a browser or an app installation.
select
    *,
    coalesce(anonymous_id, user_id) as visitor_id,
    nullif(concat_ws('/', utm_source, utm_medium, campaign), '') as touch,
    date_trunc('hour', event_time) as hour,
    cast(event_time at time zone '{{ var("time_zone") }}' as date) as event_date
from {{ weir_changed(ref('stg_events')) }} as stg_events
