{{ config(materialized='incremental', unique_key='day') }}
-- People who viewed a product on a day, and how far each came within seven days of it.
select
    day,
    channel,
    count(*) as viewed,
    count(added_at) as added,
    count(checkout_at) as checked_out,
    count(ordered_at) as ordered
from {{ weir_touched(ref('person_funnels'), 'day') }} as person_funnels
group by day, channel
