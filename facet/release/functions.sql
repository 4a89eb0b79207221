-- Functions that every tenant's file has; run with the schema of the marts as the current one.
-- They are called by the SQL that metrics compile to and must not change what a released file means.

-- A ratio to eight places, cut off, without a float: what is then rounded to the cent is rounded as the
-- exact quotient would be. Nothing where the denominator is 0.
create macro safe_divide(numerator, denominator) as
    case
        when denominator <> 0 then
            cast(
                (cast(cast(numerator as decimal(38, 2)) * 100 as hugeint) * 100000000)
                // cast(cast(denominator as decimal(38, 2)) * 100 as hugeint)
                as decimal(38, 0)
            ) * cast(0.00000001 as decimal(9, 8))
    end;
