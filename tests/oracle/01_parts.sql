-- A whole number in whole parts by weight: each the floor of its share, then one by one to the largest
-- remainder, the first of equals (definitions.md, Splitting). All weights 0: equal parts. Exact: numeric.
create function pg_temp.parts(whole numeric, weights numeric[]) returns numeric[]
language plpgsql immutable as $$
declare
    total numeric := (select sum(weight) from unnest(weights) as weight);
    given numeric[] := '{}';
    remainder numeric[] := '{}';
    next_one integer;
begin
    if whole < 0 then
        return array(
            select -part from unnest(pg_temp.parts(-whole, weights)) with ordinality as u (part, n)
            order by n
        );
    end if;
    if total = 0 then
        return pg_temp.parts(whole, array_fill(1::numeric, array[cardinality(weights)]));
    end if;
    for n in 1 .. cardinality(weights) loop
        given[n] := div(whole * weights[n], total);
        remainder[n] := mod(whole * weights[n], total);
    end loop;
    while (select sum(part) from unnest(given) as part) < whole loop
        next_one := array_position(remainder, (select max(r) from unnest(remainder) as r));
        given[next_one] := given[next_one] + 1;
        remainder[next_one] := -1;
    end loop;
    return given;
end $$;
