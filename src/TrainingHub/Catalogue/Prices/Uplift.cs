namespace TrainingHub.Catalogue;

/// <summary>Raises a fee by a percentage, in whole pence and in one place: nothing is rounded twice.</summary>
internal static class Uplift
{
    /// <summary>A hundredth of a percent is 1, so 5 % is 500.</summary>
    private const long Whole = 10_000;

    /// <param name="pence">The fee of before, not negative.</param>
    /// <param name="hundredths">Of a percent; 525 is 5.25 %.</param>
    /// <param name="rounding">To what it is brought. Half a unit goes up.</param>
    /// <returns>Pence. £50 and 5 % up to the next 50p are £52.50; £75 and 5 % to the nearest pound are £79.</returns>
    public static int Of(int pence, int hundredths, Rounding rounding)
    {
        var exact = pence * (Whole + hundredths);
        return rounding switch
        {
            Rounding.UpTo50Pence => Up(exact, 50),
            Rounding.NearestPound => Nearest(exact, 100),
            Rounding.UpToPound => Up(exact, 100),
            Rounding.NearestPenny => Nearest(exact, 1),
        };
    }

    private static int Up(long exact, int unit) => checked((int)((exact + (unit * Whole) - 1) / (unit * Whole) * unit));

    private static int Nearest(long exact, int unit) => checked((int)((exact + (unit * Whole / 2)) / (unit * Whole) * unit));
}
