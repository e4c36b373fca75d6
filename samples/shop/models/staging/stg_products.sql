select product_id, product_name, category, list_price, currency
from {{ source('lake', 'products') }}
