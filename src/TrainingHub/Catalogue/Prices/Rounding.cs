using System.ComponentModel.DataAnnotations;

namespace TrainingHub.Catalogue;

/// <summary>What a raised fee is brought to, so that it is easy to say and to pay.</summary>
internal enum Rounding
{
    [Display(Name = "Up to the next 50p")]
    UpTo50Pence,

    [Display(Name = "To the nearest pound")]
    NearestPound,

    [Display(Name = "Up to the next pound")]
    UpToPound,

    [Display(Name = "To the nearest penny")]
    NearestPenny,
}
