select * from {{ ref('revenue') }} where false
