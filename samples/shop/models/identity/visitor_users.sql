{{ config(materialized='incremental', unique_key=['visitor_id', 'user_id']) }}
-- Who has signed in on which browser or app.
select distinct visitor_id, user_id
from {{ weir_changed(ref('events')) }} as events
where user_id is not null
