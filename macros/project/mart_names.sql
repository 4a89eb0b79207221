{#- The names of this project's marts, as SQL strings; none while it is parsed. -#}
{% macro mart_names() -%}
    {%- set names = [] -%}
    {%- if execute -%}
        {%- for node in graph.nodes.values() | selectattr('resource_type', 'equalto', 'model') -%}
            {%- if 'marts' in node.fqn -%}
                {%- do names.append("'" ~ node.name ~ "'") -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(names | sort | join(', ') or "''") }}
{%- endmacro %}
