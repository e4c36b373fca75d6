{{ config(tags=['daily']) }}
{{ retention('week') }}
