select day, category
from {{ ref('category_sales') }}
group by day, category
having count(*) > 1
