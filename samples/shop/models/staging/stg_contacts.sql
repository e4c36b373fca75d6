select contact_id, customer_id as user_id, name, city, country, stage, modified_at
from {{ source('lake', 'contacts') }}
