namespace Weir.Models.Audit;

/// <summary>The four generic tests every project has, as macros; a project's own test of the same name replaces one. Each returns the rows that are wrong.</summary>
internal static class BuiltInTests
{
    public const string File = "weir/tests.sql";

    public const string Text = """
        {% macro test_unique(model, column_name) %}
        select {{ column_name }} as unique_field, count(*) as n_records
        from {{ model }}
        where {{ column_name }} is not null
        group by {{ column_name }}
        having count(*) > 1
        {% endmacro %}

        {% macro test_not_null(model, column_name) %}
        select {{ column_name }}
        from {{ model }}
        where {{ column_name }} is null
        {% endmacro %}

        {% macro test_accepted_values(model, column_name, values, quote=true) %}
        select value_field, n_records
        from (select {{ column_name }} as value_field, count(*) as n_records from {{ model }} group by {{ column_name }}) as all_values
        where value_field not in (
        {%- for value in values -%}
        {%- if quote -%}'{{ value | string | replace("'", "''") }}'{%- else -%}{{ value }}{%- endif -%}
        {%- if not loop.last -%},{%- endif -%}
        {%- endfor -%}
        )
        {% endmacro %}

        {% macro test_relationships(model, column_name, to, field) %}
        select child.from_field
        from (select {{ column_name }} as from_field from {{ model }} where {{ column_name }} is not null) as child
        left join (select {{ field }} as to_field from {{ to }}) as parent on child.from_field = parent.to_field
        where parent.to_field is null
        {% endmacro %}
        """;
}
