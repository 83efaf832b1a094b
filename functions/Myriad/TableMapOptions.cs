using System.ComponentModel.DataAnnotations;

namespace MyriadSync.Myriad;

/// <summary>Section <c>Myriad:Tables</c>: which datasets share a table. The first group that fits counts.</summary>
public sealed class TableMapOptions
{
    /// <summary>Where datasets go that no group names.</summary>
    public const string DefaultTable = "myriadsync:records";

    /// <summary>The groups, in order. Default: none.</summary>
    public IList<DatasetGroup> Groups { get; } = [];

    /// <summary>Datasets that share a table.</summary>
    public sealed class DatasetGroup
    {
        /// <summary>A pattern with <c>*</c> and <c>?</c>.</summary>
        [Required]
        public string Datasets { get; set; } = "";

        /// <summary>The table, with its namespace.</summary>
        [Required, RegularExpression("^[A-Za-z0-9_]+:[A-Za-z0-9_.-]+$")]
        public string Table { get; set; } = "";
    }
}
