select * from {{ source('shop', 'lines') }}
