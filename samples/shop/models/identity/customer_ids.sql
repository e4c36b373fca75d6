-- The ids of each customer, as identity has resolved them. A table of its own, so that models hear of the ids that changed hands, and of no others.
select id, kind, id_value, customer_id, valid_from, valid_to, is_strong, first_seen_at
from {{ source('identity', 'customer_map') }}
