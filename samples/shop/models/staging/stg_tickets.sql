select ticket_id, customer_id as user_id, subject, priority, status, created_at, updated_at
from {{ source('lake', 'tickets') }}
