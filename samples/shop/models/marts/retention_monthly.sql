{{ config(tags=['daily']) }}
{{ retention('month') }}
