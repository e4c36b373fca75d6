{{ config(materialized='incremental', unique_key=['_stream', '_position']) }}
-- Orders as the clients saw them, to hold against those of the order system.
select _stream, _position, order_id, visitor_id, event_time, event_date
from {{ weir_changed(ref('events')) }} as events
where step = 'order_completed' and order_id is not null and not is_bot
