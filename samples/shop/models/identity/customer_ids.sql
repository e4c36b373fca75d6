{{ config(materialized='incremental', unique_key=['kind', 'id_value']) }}
-- The ids of each customer, as identity has resolved them. A table of its own, so that models hear of the ids that changed hands, and of no others.
select id, kind, id_value, customer_id, valid_from, valid_to, is_strong, first_seen_at
from {{ weir_touched(source('identity', 'customer_map'), ['kind', 'id_value']) }} as customer_map
