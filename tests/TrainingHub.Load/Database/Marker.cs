namespace TrainingHub.Load.Database;

/// <summary>A piece of text that differs from one journey to the next, as it was in two of them, and how SQL makes it anew.</summary>
/// <param name="InFirst">In the first captured journey.</param>
/// <param name="InSecond">In the second.</param>
/// <param name="Expression">SQL of type text, or of the value's own type when it is the whole value; may use pgbench's variables.</param>
internal sealed record Marker(string InFirst, string InSecond, string Expression);
